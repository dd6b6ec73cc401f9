/** The one subscription of this instance to Redis: what it brings, and whether it is alive. */
@NullMarked
package seenby.subscription;

import org.jspecify.annotations.NullMarked;
