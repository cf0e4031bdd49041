package dev.cadenza.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.model.ModelRepository;
import dev.cadenza.server.TinyModel;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.request.ModelReference;
import dev.cadenza.server.serving.ModelLease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders that are damaged, incomplete, or lie: none is served, and what is served plays on. The long form: {@code
 * -Dcadenza.soak.folders=10000 -Dcadenza.soak.seed=1}.
 */
class MutatedFolderTest {
    private static final int FOLDERS = Integer.getInteger("cadenza.soak.folders", 150);
    private static final long SEED = Long.getLong("cadenza.soak.seed", 1);
    private static final List<String> FILES = List.of("model.onnx", "golden.json", "manifest.json", "MODEL_CARD.md");

    @TempDir
    private Path folder;

    /** Ways to spoil a version. */
    private enum Harm {
        FLIP,
        TRUNCATE,
        EMPTY,
        DELETE,
        EXTRA_FILE,
        LINK_OUT,
        FOLDER_LINKED_OUT,
        FOLDER_FOR_FILE,
        EXCHANGE,
        MANIFEST_NUMBER,
        NAN_WEIGHTS_HASHED,
        OTHER_WEIGHTS_HASHED,
        TRUNCATED_MODEL_HASHED,
        GARBAGE_HASHED,
        FLIPPED_MODEL_HASHED
    }

    @Test
    void noneIsServed() throws Exception {
        Path models = Files.createDirectories(folder.resolve("models"));
        Path outside = TinyModel.copyTo(folder.resolve("outside"), "piano", 1);
        TinyModel.copyTo(models, "piano", 1);
        SplittableRandom random = new SplittableRandom(SEED);
        int harmless = 0;
        try (LiveCatalog catalog = LiveCatalog.open(
                new ModelRepository(models),
                new CountingLoader(),
                new CatalogSettings(null, Duration.ZERO, null, true))) {
            for (int version = 2; version < FOLDERS + 2; version++) {
                Harm harm = Harm.values()[random.nextInt(Harm.values().length)];
                Path bad = TinyModel.copyTo(models, "piano", version);
                String file = FILES.get(random.nextInt(FILES.size()));
                spoil(bad, harm, file, outside, random);
                String what = harm + " of " + file + ", folder " + version + " of seed " + SEED;
                try {
                    catalog.load("piano", OptionalInt.of(version));
                    // A bit of a name or a comment, with its right hash, is another file but the same music; and
                    // nothing has a hash of the manifest, whose prose is of no effect.
                    assertThat(harm == Harm.FLIPPED_MODEL_HASHED || (harm == Harm.FLIP && file.equals("manifest.json")))
                            .as(what)
                            .isTrue();
                    harmless++;
                    catalog.unload("piano", OptionalInt.of(version));
                } catch (ProblemException e) {
                    assertThat(e.detail()).as(what).isNotBlank().doesNotContain(folder.toString());
                }
                delete(bad);
                try (ModelLease lease = catalog.lease(ModelReference.DEFAULT, OptionalLong.empty())) {
                    assertThat(lease.id().version()).as(what).isEqualTo(1);
                }
            }
        }
        System.out.printf(
                "%d spoilt folders, none served (%d of them with a flipped bit that has no meaning)%n",
                FOLDERS, harmless);
    }

    private static void spoil(Path version, Harm harm, String name, Path outside, SplittableRandom random)
            throws IOException {
        Path file = version.resolve(name);
        byte[] content = Files.readAllBytes(file);
        Path model = version.resolve("model.onnx");
        byte[] graph = Files.readAllBytes(model);
        switch (harm) {
            case FLIP -> Files.write(file, flip(content, random));
            case TRUNCATE -> Files.write(file, Arrays.copyOf(content, random.nextInt(1, content.length - 2)));
            case EMPTY -> Files.write(file, new byte[0]);
            case DELETE -> Files.delete(file);
            case EXTRA_FILE -> Files.write(version.resolve("weights.bin"), new byte[] {1});
            case LINK_OUT -> {
                Files.delete(file);
                Files.createSymbolicLink(file, outside.resolve(name));
            }
            case FOLDER_LINKED_OUT -> {
                delete(version);
                Files.createSymbolicLink(version, outside);
            }
            case FOLDER_FOR_FILE -> {
                Files.delete(file);
                Files.createDirectory(file);
            }
            case EXCHANGE -> {
                Path other = version.resolve(FILES.get((FILES.indexOf(name) + 1) % FILES.size()));
                Files.write(file, Files.readAllBytes(other));
                Files.write(other, content);
            }
            case MANIFEST_NUMBER -> {
                String text = Files.readString(version.resolve("manifest.json"));
                String[] harms = {"\"format\" : 2", "\"format\" : \"1\"", "\"format\" : null"};
                Files.writeString(
                        version.resolve("manifest.json"),
                        text.replaceFirst("\"format\" : 1", harms[random.nextInt(harms.length)]));
            }
            case NAN_WEIGHTS_HASHED -> TinyModel.replace(version, "model.onnx", weights(graph, Float.NaN, random));
            case OTHER_WEIGHTS_HASHED -> TinyModel.replace(version, "model.onnx", weights(graph, 3, random));
            case TRUNCATED_MODEL_HASHED ->
                TinyModel.replace(version, "model.onnx", Arrays.copyOf(graph, random.nextInt(graph.length)));
            case GARBAGE_HASHED -> {
                byte[] garbage = new byte[random.nextInt(1, 4096)];
                random.nextBytes(garbage);
                TinyModel.replace(version, "model.onnx", garbage);
            }
            case FLIPPED_MODEL_HASHED -> TinyModel.replace(version, "model.onnx", flip(graph, random));
        }
    }

    private static byte[] flip(byte[] content, SplittableRandom random) {
        byte[] flipped = content.clone();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    /** One of the LSTM's recurrent weights replaced. */
    private static byte[] weights(byte[] graph, float value, SplittableRandom random) {
        byte[] changed = graph.clone();
        int start = TinyModel.dataOffset(graph, "lstm_recurrent_weights");
        int count = 4 * 7 * 7;
        ByteBuffer.wrap(changed)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(start + Float.BYTES * random.nextInt(count), value);
        return changed;
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path) && !Files.isSymbolicLink(path)) {
            try (Stream<Path> entries = Files.list(path)) {
                entries.forEach(entry -> {
                    try {
                        delete(entry);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
        Files.deleteIfExists(path);
    }
}
