package dev.cadenza.trainer.study.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineChartTest {
    private static final int LEFT = 70;
    private static final int RIGHT = 550;
    private static final int TOP = 48;
    private static final int BOTTOM = 352;

    private static LineChart chart() {
        return new LineChart("loss", "update", "nats");
    }

    private static SvgDocument read(LineChart chart) throws Exception {
        String svg = chart.svg();
        assertThat(svg).doesNotContain("NaN", "Infinity");
        return new SvgDocument(svg);
    }

    @Test
    void isWellFormedWhateverItIsCalled() throws Exception {
        SvgDocument svg = read(new LineChart("a < b & \"c\"", "x > 0", "</svg>")
                .add("R&D <1>", new double[] {1, 2}, new double[] {3, 4})
                .dashed("'fit'", new double[] {1, 2}, new double[] {3, 5}));

        assertThat(svg.root().getLocalName()).isEqualTo("svg");
        assertThat(svg.texts()).contains("a < b & \"c\"", "x > 0", "</svg>", "R&D <1>", "'fit'");
    }

    @Test
    void theExtremesLieOnTheBorders() throws Exception {
        SvgDocument svg = read(chart().add("line", new double[] {0, 5, 10}, new double[] {0, 100, 25}));

        assertThat(svg.attributes("polyline", "points")).containsExactly("70.0,352.0 310.0,48.0 550.0,276.0");
        assertThat(svg.attributes("circle", "cx")).containsExactly("70.0", "310.0", "550.0");
        assertThat(svg.texts()).contains("0", "2", "4", "6", "8", "10").contains("20", "40", "60", "80", "100");
    }

    @Test
    void seriesShareTheAxes() throws Exception {
        SvgDocument svg = read(chart().add("one", new double[] {0, 10}, new double[] {0, 1})
                .dashed("two", new double[] {0, 20}, new double[] {-1, 1}));

        assertThat(svg.attributes("polyline", "points"))
                .containsExactly("70.0,200.0 310.0,48.0", "70.0,352.0 550.0,48.0");
        assertThat(svg.attributes("polyline", "stroke-dasharray")).containsExactly("", "5 4");
        assertThat(svg.attributes("polyline", "stroke")).doesNotHaveDuplicates();
        assertThat(svg.all("circle")).as("the dashed line has no dots").hasSize(2);
    }

    @Test
    void aLogarithmicAxisLeavesOutZerosAndLess() throws Exception {
        double[] some = {-1, 0, 1, 10, 100};
        double[] others = {1, 2, 3, 4, 5};
        SvgDocument x = read(chart().logX().add("line", some, others));
        SvgDocument y = read(chart().logY().add("line", others, some));

        assertThat(x.attributes("circle", "cx")).containsExactly("70.0", "310.0", "550.0");
        assertThat(y.attributes("circle", "cy")).containsExactly("352.0", "200.0", "48.0");
        assertThat(x.attributes("polyline", "points"))
                .singleElement()
                .satisfies(points -> assertThat(points.split(" ", -1)).hasSize(3));
        assertThat(x.texts()).contains("1", "10", "100").doesNotContain("0", "-1");
    }

    @Test
    void pointsThatAreNoNumbersAreLeftOut() throws Exception {
        SvgDocument svg = read(chart().add("line", new double[] {0, 1, 2, 3, 4}, new double[] {
            1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 2
        }));

        assertThat(svg.attributes("polyline", "points")).containsExactly("70.0,352.0 550.0,48.0");
    }

    @ParameterizedTest
    @CsvSource({"0, false", "0, true", "5, false", "5, true", "-5, false", "1e-9, false", "1e-9, true", "1e20, false"})
    void aConstantSeriesIsALineAcross(double value, boolean log) throws Exception {
        LineChart chart = chart().add("line", new double[] {0, 1, 2}, new double[] {value, value, value});
        SvgDocument svg = read(log ? chart.logY() : chart);

        assertThat(svg.attributes("circle", "cy"))
                .hasSize(log && value == 0 ? 0 : 3)
                .allSatisfy(y -> assertThat(Double.parseDouble(y)).isBetween((double) TOP, (double) BOTTOM))
                .hasSizeLessThanOrEqualTo(3);
        assertThat(svg.attributes("circle", "cy").stream().distinct()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void onePointLiesInTheMiddle() throws Exception {
        SvgDocument svg = read(chart().add("line", new double[] {3}, new double[] {7}));

        assertThat(svg.attributes("circle", "cx")).containsExactly("310.0");
        assertThat(svg.attributes("circle", "cy")).containsExactly("200.0");
    }

    @Test
    void anEmptyChartIsItsAxes() throws Exception {
        for (LineChart empty : new LineChart[] {
            chart(), chart().logX().logY(), chart().add("nothing", new double[] {}, new double[] {})
        }) {
            SvgDocument svg = read(empty);
            assertThat(svg.texts()).contains("loss", "update", "nats", "1", "2");
            assertThat(svg.all("circle")).isEmpty();
        }
    }

    @Test
    void longSeriesHaveNoDotsAndStayInside() throws Exception {
        double[] xs = IntStream.range(0, 400).mapToDouble(x -> x).toArray();
        double[] ys =
                IntStream.range(0, 400).mapToDouble(x -> Math.sin(x) * 1e6).toArray();
        SvgDocument svg = read(chart().add("line", xs, ys));

        assertThat(svg.all("circle")).isEmpty();
        String[] points = svg.attributes("polyline", "points").get(0).split(" ", -1);
        assertThat(points).hasSize(400).allSatisfy(point -> {
            String[] place = point.split(",", -1);
            assertThat(Double.parseDouble(place[0])).isBetween((double) LEFT, (double) RIGHT);
            assertThat(Double.parseDouble(place[1])).isBetween((double) TOP, (double) BOTTOM);
        });
        assertThat(svg.texts()).contains("-5e+05", "0", "5e+05");
    }

    @Test
    void aChartDoesNotChangeWithTheArraysItWasGiven() throws Exception {
        double[] xs = {0, 1};
        double[] ys = {0, 1};
        LineChart chart = chart().add("line", xs, ys);
        xs[1] = 9;
        ys[0] = 9;

        assertThat(read(chart).attributes("polyline", "points")).containsExactly("70.0,352.0 550.0,48.0");
    }
}
