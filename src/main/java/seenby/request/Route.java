package seenby.request;

/**
 * A declared route.
 *
 * @param path the pattern, such as {@code /v1/groups/{gid}}
 */
public record Route(String method, String path) {
    /** Of a request that is refused before it reaches one. */
    public static final Route NONE = new Route("none", "none");
}
