package seenby.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seenby.group.GroupId;
import seenby.user.Name;
import seenby.user.UserId;

class JsonTest {
    record Sample(
            GroupId group,
            UserId lastSender,
            Name name,
            long lastAck,
            boolean isOwner,
            Optional<Long> unread,
            Optional<String> firstId,
            List<UserId> members) {
        boolean isEmpty() {
            return true;
        }

        String getMore() {
            return "";
        }
    }

    private static String write(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    @Test
    void aRecordIsWrittenInSnakeCaseWithoutAbsentComponents() {
        Sample sample = new Sample(
                new GroupId("ops"),
                new UserId("ann"),
                new Name("好 😀"),
                1,
                true,
                Optional.of(2L),
                Optional.empty(),
                List.of(new UserId("bob")));

        assertEquals(
                "{\"group\":\"ops\",\"last_sender\":\"ann\",\"name\":\"好 😀\",\"last_ack\":1,\"is_owner\":true,"
                        + "\"unread\":2,\"members\":[\"bob\"]}",
                write(sample));
    }

    @Test
    void emptyListsStayAndMapsKeepTheirOrder() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(new GroupId("z"), List.of());
        map.put("lastAck", 1);

        assertEquals("{\"z\":[],\"lastAck\":1}", write(map));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, 2026-01-01T00:00:00.000Z",
        "2026-01-01T00:00:00.1Z, 2026-01-01T00:00:00.100Z",
        "2026-12-31T23:59:59.999999999Z, 2026-12-31T23:59:59.999Z",
        "1969-12-31T23:59:59.001Z, 1969-12-31T23:59:59.001Z",
    })
    void timesHaveThreeDigitsOfMilliseconds(String time, String written) {
        assertEquals("\"" + written + "\"", write(Instant.parse(time)));
    }
}
