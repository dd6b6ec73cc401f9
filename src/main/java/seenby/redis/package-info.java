/** The outside where it is all kept: the embedded Redis, the scripts, the keys and the one subscription. */
@NullMarked
package seenby.redis;

import org.jspecify.annotations.NullMarked;
