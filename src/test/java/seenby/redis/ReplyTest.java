package seenby.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

class ReplyTest {
    @Test
    void valuesAreReadInOrder() {
        List<Object> answer = List.of("OK", "ann", 7L, "8", 1L, "9", List.of("x", 1L, "y", 2L), "rest", "of it");

        List<Object> read = Reply.read(
                answer,
                reply -> List.of(
                        reply.text(),
                        reply.number(),
                        reply.number(),
                        reply.flag(),
                        reply.time(),
                        reply.list(item -> item.text() + item.number()),
                        reply.rest(Reply::text)));

        assertEquals(
                List.of("ann", 7L, 8L, true, Instant.ofEpochMilli(9), List.of("x1", "y2"), List.of("rest", "of it")),
                read);
    }

    @Test
    void anUnreadValueIsABug() {
        List<String> answer = List.of("OK", "1", "2");

        assertThrows(IllegalStateException.class, () -> Reply.read(answer, Reply::number));
    }

    @Test
    void aMissingValueIsABug() {
        List<String> answer = List.of("OK", "1", "2", "3");

        assertThrows(
                NoSuchElementException.class,
                () -> Reply.read(answer, reply -> reply.rest(item -> item.number() + item.number())));
    }

    @Test
    void aTagIsTheRefusalOfTheSameNameAndAnUnknownTagIsABug() {
        Refused refused =
                assertThrows(Refused.class, () -> Reply.read(List.of("NOT_MEMBER"), reply -> reply.rest(Reply::text)));

        assertEquals(Refusal.NOT_MEMBER, refused.refusal());
        assertThrows(
                IllegalArgumentException.class, () -> Reply.read(List.of("WHAT"), reply -> reply.rest(Reply::text)));
    }

    @Test
    void onlyTheExpectedRefusalReadsAsEmpty() {
        assertEquals(Optional.empty(), Reply.readUnless(Refusal.NO_GROUP, List.of("NO_GROUP"), Reply::text));
        assertEquals(Optional.of("a"), Reply.readUnless(Refusal.NO_GROUP, List.of("OK", "a"), Reply::text));
        assertThrows(Refused.class, () -> Reply.readUnless(Refusal.NO_GROUP, List.of("NOT_MEMBER"), Reply::text));
    }

    /** An index that is off by one would compile and return the wrong value. */
    @Test
    void noValueIsReadByItsIndex() {
        List<String> indexed = Stream.of(Reply.class.getDeclaredMethods())
                .filter(method -> Arrays.stream(method.getParameterTypes()).anyMatch(Class::isPrimitive))
                .map(Object::toString)
                .toList();

        assertEquals(List.of(), indexed);
    }
}
