/** Users, their tokens, and whether they are online. */
@NullMarked
package seenby.user;

import org.jspecify.annotations.NullMarked;
