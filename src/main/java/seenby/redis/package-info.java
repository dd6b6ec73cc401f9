/** Storage in Redis: the scripts, the keys and the subscription. */
@NullMarked
package seenby.redis;

import org.jspecify.annotations.NullMarked;
