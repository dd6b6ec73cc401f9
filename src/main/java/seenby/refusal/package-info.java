/** What a client may be refused, typed once. */
@NullMarked
package seenby.refusal;

import org.jspecify.annotations.NullMarked;
