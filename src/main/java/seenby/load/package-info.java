/** Clients that load a server: they make many requests, and measure how long each takes. */
@NullMarked
package seenby.load;

import org.jspecify.annotations.NullMarked;
