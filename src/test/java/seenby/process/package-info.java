/** The server as a process: start, stop, crash, restart. */
@NullMarked
package seenby.process;

import org.jspecify.annotations.NullMarked;
