package seenby.input;

import seenby.support.RefusalFixture;

/** Every call of the contract that reads or changes something, as ann makes it in the {@link RefusalFixture}. */
public enum Endpoint {
    CREATE_USER("POST /v1/users", "{\"id\":\"new\"}"),
    CREATE_USERS("POST /v1/users/batch", "{\"users\":[{\"id\":\"new\"}]}"),
    LIST_USERS("GET /v1/users"),
    SHOW_USER("GET /v1/users/eve"),
    CHANGE_USER("PATCH /v1/users/eve", "{\"active\":false}"),
    DELETE_USER("DELETE /v1/users/eve"),
    REPLACE_TOKEN("POST /v1/users/eve/token"),
    CHANGE_ME("PATCH /v1/me", "{\"name\":\"Ann\"}"),
    ME("GET /v1/me"),
    CREATE_GROUP("POST /v1/groups", "{\"id\":\"new\",\"members\":[\"bob\"]}"),
    LIST_GROUPS("GET /v1/groups"),
    SHOW_GROUP("GET /v1/groups/ops"),
    CHANGE_GROUP("PATCH /v1/groups/ops", "{\"name\":\"Ops\"}"),
    DELETE_GROUP("DELETE /v1/groups/ops"),
    LIST_MEMBERS("GET /v1/groups/ops/members"),
    ADD_MEMBERS("POST /v1/groups/ops/members", "{\"ids\":[\"eve\"]}"),
    ADD_MEMBER("PUT /v1/groups/ops/members/eve"),
    REMOVE_MEMBER("DELETE /v1/groups/ops/members/bob"),
    SEND("POST /v1/groups/ops/messages", "{\"text\":\"three\"}"),
    LIST_MESSAGES("GET /v1/groups/ops/messages"),
    SHOW_MESSAGE("GET /v1/groups/ops/messages/1"),
    ACK("POST /v1/groups/ops/ack", "{\"upto\":1}"),
    ACK_ONE("POST /v1/groups/ops/messages/1/ack"),
    SHOW_RECEIPTS("GET /v1/groups/ops/messages/1/receipts"),
    LIST_RECEIPTS("GET /v1/groups/ops/receipts"),
    POLL("GET /v1/updates"),
    ACK_AND_POLL("POST /v1/updates", "{\"ack\":{\"ops\":1}}");

    public final String request;
    public final String json;

    Endpoint(String request) {
        this(request, "");
    }

    Endpoint(String request, String json) {
        this.request = request;
        this.json = json;
    }

    public String method() {
        return request.substring(0, request.indexOf(' '));
    }

    public String path() {
        return request.substring(request.indexOf(' ') + 1);
    }

    /** Calls without fields accept an empty body, or an empty object. */
    public boolean readsBody() {
        return !method().equals("GET") && !method().equals("DELETE");
    }

    public boolean ofGroup() {
        return path().startsWith("/v1/groups/ops");
    }
}
