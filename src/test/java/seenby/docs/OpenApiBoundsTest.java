package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.LongNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

/** The server accepts what the API's description accepts, up to the bounds and not beyond. */
class OpenApiBoundsTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private static ExampleFixture fixture;

    @BeforeAll
    static void createData() {
        fixture = new ExampleFixture(SERVER);
    }

    private static Answer send(Operation operation, String caller, String query, String body) {
        String path = OpenApiContract.example(operation).target().split("\\?", 2)[0];
        return fixture.named(caller)
                .call(
                        operation.method().toUpperCase(Locale.ROOT),
                        path + query,
                        BodyPublishers.ofString(body),
                        body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json"));
    }

    /** {@code x*3} stands for {@code xxx}. */
    private static String spelt(String json) {
        return Pattern.compile("(.)\\*([0-9]+)")
                .matcher(json)
                .replaceAll(times -> times.group(1).repeat(Integer.parseInt(times.group(2))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "createUser | admin | true | {\"id\":\"a*64\"}",
                "createUser | admin | false | {\"id\":\"a*65\"}",
                "createUser | admin | true | {\"id\":\"0_.-\"}",
                "createUser | admin | false | {\"id\":\"-a\"}",
                "createUser | admin | false | {\"id\":\"A\"}",
                "createUser | admin | false | {\"id\":\"\"}",
                "createUser | admin | false | {\"id\":1}",
                "createUser | admin | false | {\"name\":\"X\"}",
                "createUser | admin | false | {\"id\":\"x1\",\"admin\":\"true\"}",
                "createUser | admin | false | {\"id\":\"x2\",\"nickname\":\"X\"}",
                "createUser | admin | true | {\"id\":\"x3\",\"name\":\"\"}",
                "changeMe | bob | true | {\"name\":\"🚀*128\"}",
                "changeMe | bob | false | {\"name\":\"🚀*129\"}",
                "changeMe | bob | false | {\"name\":\"a\\u0007b\"}",
                "changeMe | bob | false | {\"name\":\"a\\u0085b\"}",
                "changeMe | bob | false | {\"name\":\"a\\u202eb\"}",
                "changeMe | bob | false | {\"name\":\"a\\u2066b\"}",
                "changeMe | bob | true | {\"name\":\" a\\u200fb \"}",
                "changeMe | bob | true | {\"name\":\"\\u200b\"}",
                "changeMe | bob | true | {}",
                "changeMe | bob | false | {\"send_read_receipts\":1}",
                "createGroup | alice | true | {\"id\":\"g1\",\"receipts\":\"off\",\"members\":[]}",
                "createGroup | alice | false | {\"id\":\"g2\",\"receipts\":\"all\"}",
                "createGroup | alice | false | {\"id\":\"g3\",\"members\":\"bob\"}",
                "createGroup | alice | false | {\"id\":\"g4\",\"members\":[\"Bob\"]}",
                "changeGroup | alice | false | {\"id\":\"g5\"}",
                "addMembers | alice | false | {}",
                "addMembers | alice | true | {\"ids\":[]}",
                "addMembers | alice | false | {\"ids\":[1]}",
                "sendMessage | alice | true | {\"text\":\"x*16384\"}",
                "sendMessage | alice | false | {\"text\":\"x*16385\"}",
                "sendMessage | alice | false | {\"text\":\"\"}",
                "sendMessage | alice | false | {\"text\":\" \\n\\t \"}",
                "sendMessage | alice | false | {\"text\":\"\\u2003\"}",
                "sendMessage | alice | false | {\"text\":\"a\\u0000b\"}",
                "sendMessage | alice | true | {\"text\":\"a\\nb\"}",
                "sendMessage | alice | true | {\"text\":\"x\",\"client_id\":\"~*128\"}",
                "sendMessage | alice | false | {\"text\":\"x\",\"client_id\":\"~*129\"}",
                "sendMessage | alice | false | {\"text\":\"x\",\"client_id\":\"\"}",
                "sendMessage | alice | false | {\"text\":\"x\",\"client_id\":\"é\"}",
                "ack | bob | true | {\"upto\":0}",
                "ack | bob | false | {\"upto\":-1}",
                "ack | bob | false | {\"upto\":1.5}",
                "ack | bob | false | {\"upto\":9007199254740993}",
                "ackAndGetUpdates | bob | true | {\"since\":\"\",\"limit\":1000,\"ack\":{\"ops\":0}}",
                "ackAndGetUpdates | bob | false | {\"limit\":1001}",
                "ackAndGetUpdates | bob | false | {\"limit\":0}",
                "ackAndGetUpdates | bob | false | {\"timeout\":-1}",
                "ackAndGetUpdates | bob | false | {\"ack\":{\"Ops\":1}}",
                "ackAndGetUpdates | bob | false | {\"ack\":{\"ops\":-1}}",
                "ackAndGetUpdates | bob | false | {\"since\":\"a b\"}"
            })
    void bodiesAreAcceptedAsDescribed(String id, String caller, boolean taken, String json)
            throws JsonProcessingException {
        Operation operation = OpenApiContract.operation(id);
        String body = spelt(json);
        OpenApiNode schema = operation.part().at("requestBody", "content", "application/json", "schema");

        assertEquals(taken, schema.violations(new ObjectMapper().readTree(body)).isEmpty(), "described");
        assertEquals(taken, send(operation, caller, "", body).status() < 300, "answered");
    }

    @ParameterizedTest
    @CsvSource({
        "listMessages, limit, 1000, true",
        "listMessages, limit, 1001, false",
        "listMessages, limit, 0, false",
        "listMessages, after, 0, true",
        "listMessages, after, -1, false",
        "listMessages, before, 9007199254740992, true",
        "listMessages, before, 9007199254740993, false",
        "listReceipts, from, 0, false",
        "listReceipts, from, 1, true",
        "listReceipts, from, 9007199254740993, false",
        "listReceipts, to, 0, false",
        "listReceipts, to, 1000, true",
        "ack, upto, -1, false",
        "ack, upto, 0, true",
        "getUpdates, limit, 1, true",
        "getUpdates, limit, 1001, false",
        "getUpdates, timeout, -1, false",
        "getUpdates, timeout, 0, true"
    })
    void parametersAreAcceptedAsDescribed(String id, String name, long value, boolean taken) {
        Operation operation = OpenApiContract.operation(id);
        OpenApiNode schema = operation.parameters().stream()
                .filter(parameter -> parameter.at("name").json().asText().equals(name))
                .findFirst()
                .orElseThrow()
                .at("schema");

        assertEquals(taken, schema.violations(LongNode.valueOf(value)).isEmpty(), "described");
        assertEquals(
                taken, send(operation, "alice", "?" + name + "=" + value, "").status() < 300, "answered");
    }

    @ParameterizedTest
    @CsvSource({"10000, true", "10001, false"})
    void upToTenThousandMembersAreAcceptedAtOnce(int members, boolean taken) throws JsonProcessingException {
        String body = "{\"ids\":[" + "\"bob\",".repeat(members - 1) + "\"bob\"]}";
        Operation operation = OpenApiContract.operation("addMembers");
        OpenApiNode schema = operation.part().at("requestBody", "content", "application/json", "schema");

        assertEquals(taken, schema.violations(new ObjectMapper().readTree(body)).isEmpty(), "described");
        assertEquals(taken, send(operation, "alice", "", body).status() < 300, "answered");
    }
}
