/** The sweep in Redis: what is due, and its removal once it is in the archive. */
@NullMarked
package seenby.sweep;

import org.jspecify.annotations.NullMarked;
