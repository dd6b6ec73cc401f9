/** Messages: each is stored once, in the order of its group. */
@NullMarked
package seenby.message;

import org.jspecify.annotations.NullMarked;
