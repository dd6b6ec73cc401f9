package seenby.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import seenby.group.GroupId;
import seenby.refusal.Refused;
import seenby.user.Name;
import seenby.user.UserId;

/** The JSON of the API and the archive: snake_case, times with milliseconds, no absent values. */
public final class Json {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    // our JSON nests two levels; the limit stops a body of brackets from exhausting the stack
    private static final int DEEPEST = 64;

    private static final ObjectMapper MAPPER = mapper();

    private Json() {}

    /** Writes a value in UTF-8. A value that cannot be written is our mistake, never the client's. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    /** Writes piece by piece, for answers with parts that are serialized already. */
    public static JsonGenerator generator(OutputStream out) throws IOException {
        return MAPPER.createGenerator(out);
    }

    /** Reads exactly one value. Refuses a key that is given twice, since readers disagree which one counts. */
    public static JsonNode read(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** Reads one value as most readers would, that is with keys given twice; empty if it is none. */
    public static Optional<JsonNode> readLeniently(String text) {
        try {
            return Optional.of(MAPPER.readerFor(JsonNode.class)
                    .without(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Reads a value that {@link #write} has written. */
    public static <T> T read(byte[] written, Class<T> type) throws IOException {
        return MAPPER.readValue(written, type);
    }

    /** A time as answers have it. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                .build();
        return JsonMapper.builder(factory)
                .addModule(new Jdk8Module())
                .addModule(ourTypes())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                // only the components of a record; a method such as isEmpty() is not a field of the answer
                .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                .visibility(PropertyAccessor.GETTER, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                // or an emoji would become two escapes of six bytes each
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .build();
    }

    private static SimpleModule ourTypes() {
        return new SimpleModule("seenby")
                .addSerializer(Instant.class, as(Json::time))
                .addSerializer(UserId.class, as(UserId::value))
                .addSerializer(GroupId.class, as(GroupId::value))
                .addSerializer(Name.class, as(Name::value))
                .addDeserializer(Instant.class, from(Instant::parse))
                .addDeserializer(UserId.class, from(UserId::new))
                .addDeserializer(GroupId.class, from(GroupId::new));
    }

    private static <T> JsonSerializer<T> as(Function<T, String> text) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeString(text.apply(value));
            }
        };
    }

    /** Only for values that we wrote: an invalid one is a fault of the file, not of a client. */
    private static <T> JsonDeserializer<T> from(Function<String, T> parse) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
                try {
                    return parse.apply(json.getValueAsString(""));
                } catch (DateTimeException | Refused none) {
                    throw JsonMappingException.from(json, "invalid value: " + json.getValueAsString(), none);
                }
            }
        };
    }
}
