package dev.cadenza.trainer.training;

import static dev.cadenza.trainer.training.EventReader.doubles;
import static dev.cadenza.trainer.training.EventReader.nested;
import static dev.cadenza.trainer.training.EventReader.string;
import static dev.cadenza.trainer.training.EventReader.summaryValue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventWriterTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000, 500_000_000));

    @TempDir
    Path folder;

    /** The bytes were put together from TFRecord's and event.proto's definitions. */
    @Test
    void writesTheRecordsTensorBoardReads() throws IOException {
        Path file;
        try (EventWriter events = EventWriter.open(folder.resolve("new"), CLOCK)) {
            events.scalar("loss", 300, 0.25f);
            file = events.file();
        }
        assertThat(file.getFileName()).hasToString("events.out.tfevents.1700000000.cadenza");
        assertThat(HexFormat.ofDelimiter(" ").formatHex(Files.readAllBytes(file)))
                .isEqualTo(
                        "18 00 00 00 00 00 00 00 a3 7f 4b 22 " // length 24 and its checksum
                                + "09 00 00 20 40 fc 54 d9 41 " // wall time 1700000000.5
                                + "1a 0d 62 72 61 69 6e 2e 45 76 65 6e 74 3a 32 2b 35 31 10 " // "brain.Event:2"
                                + "1b 00 00 00 00 00 00 00 1a 0d 9e 13 " // length 27
                                + "09 00 00 20 40 fc 54 d9 41 10 ac 02 " // wall time, step 300
                                + "2a 0d 0a 0b 0a 04 6c 6f 73 73 15 00 00 80 3e " // summary: "loss", 0.25
                                + "c5 f6 85 9b");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void countsEveryValueInItsBucket(long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        float[] values = new float[5000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian(0.3, 2);
        }
        Map<Integer, Object> histogram = nested(summaryValue(write(values).get(1)), 5);
        DoubleStream.Builder all = DoubleStream.builder();
        for (float value : values) {
            all.add(value);
        }
        double[] exact = all.build().sorted().toArray();
        assertThat(histogram).containsEntry(1, exact[0]).containsEntry(2, exact[exact.length - 1]);
        assertThat(histogram).containsEntry(3, 5000.0);
        assertThat((Double) histogram.get(4)).isCloseTo(DoubleStream.of(exact).sum(), within(1e-6));
        assertThat((Double) histogram.get(5))
                .isCloseTo(DoubleStream.of(exact).map(x -> x * x).sum(), within(1e-6));
        double[] limits = doubles(histogram, 6);
        double[] counts = doubles(histogram, 7);
        assertThat(limits).hasSize(30).isSorted();
        assertThat(limits[29]).isEqualTo(exact[exact.length - 1]);
        double lower = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < limits.length; i++) {
            double from = lower;
            double to = i == 29 ? Double.POSITIVE_INFINITY : limits[i];
            assertThat((long) counts[i])
                    .isEqualTo(DoubleStream.of(exact)
                            .filter(x -> x >= from && x < to)
                            .count());
            lower = limits[i];
        }
    }

    @Test
    void oneValueOverAndOverIsOneBucket() throws IOException {
        Map<Integer, Object> histogram =
                nested(summaryValue(write(0.5f, 0.5f, 0.5f).get(1)), 5);
        assertThat(doubles(histogram, 6)).containsExactly(0.5);
        assertThat(doubles(histogram, 7)).containsExactly(3);
    }

    @Test
    void saysHowManyValuesAreNotFinite() throws IOException {
        List<Map<Integer, Object>> events = write(1, Float.NaN, 2, Float.NEGATIVE_INFINITY);
        assertThat(events).hasSize(3);
        assertThat(nested(summaryValue(events.get(1)), 5)).containsEntry(3, 2.0).containsEntry(4, 3.0);
        assertThat(string(summaryValue(events.get(2)), 1)).isEqualTo("weights/lstm/not_finite");
        assertThat(summaryValue(events.get(2))).containsEntry(2, 2f);

        assertThat(write(Float.NaN)).hasSize(2);
    }

    @Test
    void twoWritersOfOneSecondTakeTwoFiles() throws IOException {
        try (EventWriter first = EventWriter.open(folder, CLOCK);
                EventWriter second = EventWriter.open(folder, CLOCK)) {
            assertThat(second.file()).isNotEqualTo(first.file());
            second.resumeAt(70_000);
            second.flush();
            Map<Integer, Object> event = EventReader.read(second.file()).get(1);
            assertThat(event).containsEntry(2, 70_000L);
            assertThat(nested(event, 7)).containsEntry(1, 1L);
        }
    }

    @Test
    void refusesWhatHasNoPlaceOnACurve() throws IOException {
        try (EventWriter events = EventWriter.open(folder, CLOCK)) {
            assertThatThrownBy(() -> events.scalar("loss", -1, 0)).hasMessage("step (-1) of loss must not be negative");
            assertThatThrownBy(() -> events.scalar("", 1, 0)).hasMessage("tag must not be empty");
            assertThatThrownBy(() -> events.histogram("weights", 1, new float[0]))
                    .hasMessage("values of weights must not be empty");
        }
    }

    private List<Map<Integer, Object>> write(float... values) throws IOException {
        try (EventWriter events = EventWriter.open(folder, CLOCK)) {
            events.histogram("weights/lstm", 7, values);
            events.flush();
            return EventReader.read(events.file());
        }
    }
}
