package seenby.request;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;

/**
 * The routes of a server. A route declares the query parameters that it takes. Any other parameter, or one given twice,
 * is refused before the handler runs, so no handler can forget to.
 */
public final class Routes {
    private final RoutesConfig routes;

    public Routes(RoutesConfig routes) {
        this.routes = routes;
    }

    public void get(String path, Handler handler, String... parameters) {
        add(HandlerType.GET, path, handler, parameters);
    }

    public void post(String path, Handler handler, String... parameters) {
        add(HandlerType.POST, path, handler, parameters);
    }

    public void put(String path, Handler handler, String... parameters) {
        add(HandlerType.PUT, path, handler, parameters);
    }

    public void patch(String path, Handler handler, String... parameters) {
        add(HandlerType.PATCH, path, handler, parameters);
    }

    public void delete(String path, Handler handler, String... parameters) {
        add(HandlerType.DELETE, path, handler, parameters);
    }

    private void add(HandlerType method, String path, Handler handler, String... parameters) {
        List<String> declared = List.of(parameters);
        Route route = new Route(method.name(), path);
        routes.addHttpHandler(method, path, ctx -> {
            Exchange.of(ctx).ifPresent(exchange -> exchange.reach(route));
            Query.check(ctx, declared);
            handler.handle(ctx);
        });
    }
}
