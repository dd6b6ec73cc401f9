package seenby.request;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** Headers that keep an answer from a cache, which others may read, and a browser from taking it for a page. */
public final class SafeHeaders {
    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField NO_SNIFF = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");

    private SafeHeaders() {}

    public static void put(HttpFields.Mutable headers) {
        headers.put(NO_STORE);
        headers.put(NO_SNIFF);
    }
}
