/** What tests of several rooms share. */
@NullMarked
package seenby.support;

import org.jspecify.annotations.NullMarked;
