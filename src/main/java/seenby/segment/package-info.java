/** The files of the archive: one line of JSON per message, in segments that are compressed once they are full. */
@NullMarked
package seenby.segment;

import org.jspecify.annotations.NullMarked;
