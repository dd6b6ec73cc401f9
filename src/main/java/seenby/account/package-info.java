/** Users in Redis: their tokens, batches of new ones, the changes that are under way, and when they were last seen. */
@NullMarked
package seenby.account;

import org.jspecify.annotations.NullMarked;
