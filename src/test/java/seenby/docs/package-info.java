/** The README, the docs and the API description, held to the server. */
@NullMarked
package seenby.docs;

import org.jspecify.annotations.NullMarked;
