/** The demo: the example of the article, played on a server as any clients play it. */
@NullMarked
package seenby.demo;

import org.jspecify.annotations.NullMarked;
