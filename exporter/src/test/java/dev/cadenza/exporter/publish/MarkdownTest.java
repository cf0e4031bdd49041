package dev.cadenza.exporter.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    @Test
    void plainValuesFamiliesAndDeeperObjects() throws Exception {
        String json = """
                {"notes": 12, "scaling": "a | b",
                 "rows": {"model": {"mse": 0.01420000001, "snr_db": 11.0}, "mean": {"mse": 1.5e-7, "snr_db": null}},
                 "data": {"name": "tunes", "sizes": [1, 2]}}
                """;
        assertThat(Markdown.tables(new JsonMapper().readTree(json), 3)).isEqualTo("""
                        |  | value |
                        |---|---|
                        | notes | 12 |
                        | scaling | a \\| b |

                        ### data

                        |  | value |
                        |---|---|
                        | name | tunes |
                        | sizes | [1,2] |

                        ### rows

                        |  | mse | snr_db |
                        |---|---|---|
                        | model | 0.0142 | 11 |
                        | mean | 0.00000015 |  |

                        """);
    }
}
