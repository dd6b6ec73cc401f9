/** Who has read it and who has not: acks, counts and lists of readers. */
@NullMarked
package seenby.receipt;

import org.jspecify.annotations.NullMarked;
