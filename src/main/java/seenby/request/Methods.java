package seenby.request;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Changes the methods that Javalin sees. HEAD becomes GET, and Jetty drops the body; Javalin alone would answer HEAD
 * with 200 without calling the handler. The header X-HTTP-Method-Override is hidden, because Javalin would obey it.
 */
public final class Methods implements Filter {
    private static final String HEAD = "seenby.head";

    /** Whether the client sent HEAD. */
    public static boolean isHead(HttpServletRequest request) {
        return request.getAttribute(HEAD) != null;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        if (http.getMethod().equals("HEAD")) {
            request.setAttribute(HEAD, true);
        }
        chain.doFilter(new Request(http), response);
    }

    private static final class Request extends HttpServletRequestWrapper {
        Request(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            String method = super.getMethod();
            return method.equals("HEAD") ? "GET" : method;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase("X-HTTP-Method-Override") ? null : super.getHeader(name);
        }
    }
}
