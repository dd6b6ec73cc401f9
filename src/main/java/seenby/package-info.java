/** The command line and the running server, which connects all rooms. */
@NullMarked
package seenby;

import org.jspecify.annotations.NullMarked;
