package seenby.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.github.benmanes.caffeine.cache.Cache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import seenby.group.GroupId;
import seenby.json.Json;
import seenby.message.Message;
import seenby.platform.Caches;
import seenby.update.Update;
import seenby.user.UserId;

/**
 * Writes updates as JSON, or as server-sent events. A message is serialized once for all polls that answer with it at
 * the same time.
 */
final class UpdateJson {
    private final Cache<Message, SerializableString> written =
            Caches.builder().weakKeys().build();

    private record Named(GroupId group) {}

    private record Text(GroupId group, long id, UserId sender, Instant sentAt, String text) {}

    byte[] write(Update update) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            json.writeStringField("next", update.next());
            json.writeArrayFieldStart("messages");
            for (Message message : update.messages()) {
                json.writeRawValue(written.get(message, UpdateJson::text));
            }
            json.writeEndArray();
            writeEach(json, "reads", update.reads());
            writeEach(json, "nudges", update.nudges());
            writeEach(json, "left", update.left());
            writeEach(json, "resync", update.resync());
            writeEach(json, "trimmed", update.trimmed());
            json.writeBooleanField("more", update.more());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** An update of one entry, as a server-sent event whose id is the position after it. */
    byte[] event(Update step) {
        StringBuilder frame = new StringBuilder(256);
        step.trimmed().forEach(trimmed -> data(frame, "trimmed", serialized(trimmed)));
        step.left().forEach(group -> data(frame, "left", serialized(new Named(group))));
        step.resync().forEach(group -> data(frame, "resync", serialized(new Named(group))));
        step.messages().forEach(message -> data(frame, "message", written.get(message, UpdateJson::text)));
        step.reads().forEach(read -> data(frame, "read", serialized(read)));
        step.nudges().forEach(nudge -> data(frame, "nudge", serialized(nudge)));
        return frame.append("id: ")
                .append(step.next())
                .append("\n\n")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The JSON is one line, since JSON escapes a line break in a text. */
    private static void data(StringBuilder frame, String event, SerializableString json) {
        frame.append("event: ")
                .append(event)
                .append("\ndata: ")
                .append(json.getValue())
                .append('\n');
    }

    private static SerializableString text(Message message) {
        return serialized(new Text(message.group(), message.id(), message.sender(), message.sentAt(), message.text()));
    }

    private static SerializableString serialized(Object value) {
        return new SerializedString(new String(Json.write(value), StandardCharsets.UTF_8));
    }

    private static void writeEach(JsonGenerator json, String field, List<?> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (Object value : values) {
            json.writePOJO(value);
        }
        json.writeEndArray();
    }
}
