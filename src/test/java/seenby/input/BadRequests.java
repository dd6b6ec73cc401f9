package seenby.input;

import java.util.ArrayList;
import java.util.List;
import seenby.docs.OpenApi;
import seenby.docs.Operation;

/** Bad requests, made from the API's description. */
final class BadRequests {
    private final OpenApi api;
    private final String token;
    private final Draw draw;

    /** @param token of the user whose calls they are */
    BadRequests(OpenApi api, String token, Draw draw) {
        this.api = api;
        this.token = token;
        this.draw = draw;
    }

    /** For each call of the API, one bad request of each kind and for each place in it. */
    List<List<BadRequest>> round() {
        return api.operations().stream().map(this::of).toList();
    }

    private List<BadRequest> of(Operation operation) {
        Call call = Call.of(operation, token);
        List<BadRequest> all = new ArrayList<>(new PathFaults(draw).of(call));
        all.addAll(new QueryFaults(draw).of(call));
        all.addAll(new HeaderFaults(draw).of(call));
        if (operation.readsBody()) {
            all.addAll(new BodyFaults(draw).of(call));
            all.addAll(new FieldFaults(draw).of(call));
        }
        return all;
    }
}
