/** What each request goes through before and after its handler: authentication, limits, bodies, problems. */
@NullMarked
package seenby.request;

import org.jspecify.annotations.NullMarked;
