/** What left Redis, in files: a line of JSON a message, in segments that are compressed once they are full. */
@NullMarked
package seenby.archive;

import org.jspecify.annotations.NullMarked;
