/** Programs that speak to a server as any client does, and print what they saw. */
@NullMarked
package seenby.bench;

import org.jspecify.annotations.NullMarked;
