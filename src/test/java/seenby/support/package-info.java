/** Helpers for the tests of several packages. */
@NullMarked
package seenby.support;

import org.jspecify.annotations.NullMarked;
