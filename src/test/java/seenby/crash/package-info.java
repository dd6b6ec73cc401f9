/** Clients that record what they are told while processes are killed and stopped at random. */
@NullMarked
package seenby.crash;

import org.jspecify.annotations.NullMarked;
