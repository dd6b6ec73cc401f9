/** Why a client is refused. */
@NullMarked
package seenby.refusal;

import org.jspecify.annotations.NullMarked;
