/** The files of an archive: a line of JSON a message, in segments that are compressed once they are full. */
@NullMarked
package seenby.segment;

import org.jspecify.annotations.NullMarked;
