/** The scenarios of {@code bench}. Each is one class: it loads a server in its own process over HTTP, and reports. */
@NullMarked
package seenby.bench;

import org.jspecify.annotations.NullMarked;
