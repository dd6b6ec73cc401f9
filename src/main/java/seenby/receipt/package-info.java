/** Who has read a message and who has not: acks, counts and lists. */
@NullMarked
package seenby.receipt;

import org.jspecify.annotations.NullMarked;
