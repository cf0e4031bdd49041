package dev.cadenza.server.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {
    private static final List<String> OFFERED = List.of("audio/midi", "application/json");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|audio/midi",
                "*/*|audio/midi",
                "audio/*;q=0.1, */*;q=0.2|application/json",
                "application/json, */*;q=0.1|application/json",
                "audio/midi;q=0.999, application/json|application/json",
                "audio/midi;q=1.000, application/json|audio/midi",
                "audio/midi;q=0, */*|application/json",
                "application/json;charset=utf-8|application/json",
                "application/json ; Q=0.5 , audio/midi ; q=0.4|application/json",
                "text/html|",
                "audio/midi;q=0|",
                "audio/midi;q=2|",
                "audio/midi;q=NaN|",
                "audio/midi;q=|",
                "*/midi|",
                "audio|",
                "audio/|",
                ",,;q=1,/|",
            })
    void choosesWhatIsPreferred(String header, String expected) {
        assertThat(Accept.parse(List.of(header)).best(OFFERED).orElse(null)).isEqualTo(expected);
    }

    @Test
    void takesSeveralLinesAsOne() {
        assertThat(Accept.parse(List.of("audio/midi;q=0.1", "application/json;q=0.2"))
                        .best(OFFERED))
                .contains("application/json");
        assertThat(Accept.parse(List.of()).best(OFFERED)).contains("audio/midi");
    }
}
