package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** A call answers with every problem that the API's description has for it, as described. */
class OpenApiProblemsTest {
    private static final String TOO_LARGE = " ".repeat((1 << 20) + 1);

    /** These need another configuration: OpenApiRefusingServerTest has them. */
    private static final Set<String> ELSEWHERE = Set.of("createGroup 403", "changeMe 403");

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(Sweeps.RETENTION);

    private static final Set<String> SEEN = new TreeSet<>();
    private static ExampleFixture fixture;

    /** Messages that are sent after the sweep are not due before the tests end. */
    @BeforeAll
    static void createData() {
        refused(OpenApiContract.operation("nudge"), 409, nudgeOfWhatIsArchived());
        fixture = new ExampleFixture(SERVER);
    }

    private static Answer nudgeOfWhatIsArchived() {
        ApiClient sender = SERVER.user("ann");
        String group = SERVER.group(sender, SERVER.user("bob"));
        sender.send(group, "read by nobody");
        Sweeps.sweep(SERVER, group);
        return sender.post("/v1/groups/" + group + "/messages/1/nudge");
    }

    static Stream<Operation> operations() {
        return OpenApiContract.API.operations().stream();
    }

    static Stream<Operation> withToken() {
        return operations().filter(Operation::needsToken);
    }

    static Stream<Operation> withBody() {
        return operations().filter(Operation::readsBody);
    }

    private static Answer call(ApiClient caller, Operation operation, String query, String type, String body) {
        String target = OpenApiContract.example(operation).target();
        return caller.call(
                operation.method().toUpperCase(Locale.ROOT),
                target.split("\\?", 2)[0] + query,
                BodyPublishers.ofString(body),
                body.isEmpty() ? Map.of() : Map.of("Content-Type", type));
    }

    private static void refused(Operation operation, int status, Answer answer) {
        OpenApiContract.assertProblem(operation, status, answer);
        SEEN.add(operation.id() + " " + status);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aMalformedQueryAndAnUnknownParameterAreRefused(Operation operation) {
        refused(operation, 400, call(SERVER.admin(), operation, "?x=%ff", "", ""));
        refused(operation, 422, call(SERVER.admin(), operation, "?tiemout=1", "", ""));
    }

    @ParameterizedTest
    @MethodSource("withToken")
    void aCallWithoutATokenIsUnauthorized(Operation operation) {
        refused(operation, 401, call(SERVER.nobody(), operation, "", "", ""));
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void aBodyThatIsTooLargeOrNotJsonIsRefused(Operation operation) {
        refused(operation, 413, call(SERVER.admin(), operation, "", "application/json", TOO_LARGE));
        refused(operation, 415, call(SERVER.admin(), operation, "", "application/json; charset=latin1", "{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            nullValues = "null",
            value = {
                "createUser | bob | POST /v1/users | {\"id\":\"x\"} | 403",
                "createUser | admin | POST /v1/users | {\"id\":\"bob\"} | 409",
                "createUsers | bob | POST /v1/users/batch | {\"users\":[{\"id\":\"x\"}]} | 403",
                "createUsers | admin | POST /v1/users/batch | {\"users\":[{\"id\":\"bob\"}]} | 409",
                "getUser | bob | GET /v1/users/nobody |  | 404",
                "changeUser | bob | PATCH /v1/users/carol | {\"active\":false} | 403",
                "changeUser | admin | PATCH /v1/users/nobody | {\"active\":false} | 404",
                "changeUser | admin | PATCH /v1/users/admin | {\"active\":false} | 409",
                "deleteUser | bob | DELETE /v1/users/carol |  | 403",
                "deleteUser | admin | DELETE /v1/users/nobody |  | 404",
                "deleteUser | admin | DELETE /v1/users/admin |  | 409",
                "replaceToken | bob | POST /v1/users/carol/token |  | 403",
                "replaceToken | admin | POST /v1/users/nobody/token |  | 404",
                "createGroup | alice | POST /v1/groups | {\"id\":\"ops\"} | 409",
                "listGroups | bob | GET /v1/groups?all=true |  | 403",
                "getGroup | dave | GET /v1/groups/ops |  | 404",
                "changeGroup | bob | PATCH /v1/groups/ops | {\"name\":\"x\"} | 403",
                "changeGroup | dave | PATCH /v1/groups/ops | {\"name\":\"x\"} | 404",
                "deleteGroup | bob | DELETE /v1/groups/ops |  | 403",
                "deleteGroup | dave | DELETE /v1/groups/ops |  | 404",
                "listMembers | dave | GET /v1/groups/ops/members |  | 404",
                "addMembers | bob | POST /v1/groups/ops/members | {\"ids\":[\"dave\"]} | 403",
                "addMembers | dave | POST /v1/groups/ops/members | {\"ids\":[\"dave\"]} | 404",
                "addMember | bob | PUT /v1/groups/ops/members/dave |  | 403",
                "addMember | dave | PUT /v1/groups/ops/members/dave |  | 404",
                "removeMember | bob | DELETE /v1/groups/ops/members/carol |  | 403",
                "removeMember | dave | DELETE /v1/groups/ops/members/dave |  | 404",
                "removeMember | alice | DELETE /v1/groups/ops/members/alice |  | 409",
                "sendMessage | dave | POST /v1/groups/ops/messages | {\"text\":\"x\"} | 404",
                "sendMessage | alice | POST /v1/groups/ops/messages | {\"text\":\"x\",\"client_id\":\"d-42\"} | 409",
                "listMessages | dave | GET /v1/groups/ops/messages |  | 404",
                "getMessage | alice | GET /v1/groups/ops/messages/3 |  | 404",
                "nudge | bob | POST /v1/groups/ops/messages/1/nudge |  | 403",
                "nudge | dave | POST /v1/groups/ops/messages/1/nudge |  | 404",
                "ack | dave | POST /v1/groups/ops/ack | {\"upto\":1} | 404",
                "ackMessage | bob | POST /v1/groups/ops/messages/3/ack |  | 404",
                "getReceipts | bob | GET /v1/groups/ops/messages/1/receipts |  | 403",
                "getReceipts | alice | GET /v1/groups/ops/messages/3/receipts |  | 404",
                "getMetrics | bob | GET /metrics |  | 403",
                "listReceipts | dave | GET /v1/groups/ops/receipts |  | 404"
            })
    void aCallThatIsForbiddenOrFindsNothingIsRefused(
            String id, String caller, String request, @Nullable String json, int status) {
        Operation operation = OpenApiContract.operation(id);
        String[] words = request.split(" ", 2);
        String body = Objects.requireNonNullElse(json, "");
        Map<String, String> headers = body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json");

        refused(
                operation,
                status,
                fixture.named(caller).call(words[0], words[1], BodyPublishers.ofString(body), headers));
    }

    /** OpenApiRefusingServerTest has 429 and 503. */
    @AfterAll
    static void everyDescribedProblemWasSeen() {
        Set<String> listed = new TreeSet<>();
        operations()
                .forEach(operation -> operation.problems().stream()
                        .filter(status -> status != 429)
                        .forEach(status -> listed.add(operation.id() + " " + status)));
        listed.removeAll(ELSEWHERE);

        assertEquals(listed, SEEN);
    }
}
