/** Where everything is kept: scripts, keys and the one subscription. */
@NullMarked
package seenby.redis;

import org.jspecify.annotations.NullMarked;
