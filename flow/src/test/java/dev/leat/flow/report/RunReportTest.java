package dev.leat.flow.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.flow.check.CheckModel.Severity;
import dev.leat.flow.repository.CheckRecord;
import dev.leat.flow.repository.ColumnRecord;
import dev.leat.flow.repository.ErrorRecord;
import dev.leat.flow.repository.RunHead;
import dev.leat.flow.repository.RunRecord;
import dev.leat.flow.repository.RunState;
import dev.leat.flow.repository.StepRecord;
import dev.leat.flow.repository.StepState;
import dev.leat.spi.schema.TableId;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class RunReportTest {
  private static final String EVIL = "<script>alert('\"&')</script>";

  @Test
  void noTextFromOutsideIsMarkup() throws Exception {
    TableId table = new TableId(EVIL, EVIL);
    ErrorRecord error = new ErrorRecord(EVIL, EVIL, EVIL);
    StepRecord step =
        StepRecord.pending(EVIL, EVIL, table)
            .started(SampleRun.BEGIN)
            .withSql("SELECT 1 < 2 -- ]]> " + EVIL)
            .withUpstream(List.of(EVIL))
            .withLineage(
                List.of(new ColumnRecord(EVIL, List.of(new ColumnRecord.Origin(table, EVIL)))))
            .withChecks(List.of(new CheckRecord(EVIL, Severity.ERROR, false, 1, 2, EVIL, table)))
            .ended(StepState.FAILED, SampleRun.at(5), error);
    RunHead head =
        new RunHead(
            "20260531-101530-7c1e",
            EVIL,
            EVIL,
            EVIL,
            RunState.FAILED,
            SampleRun.BEGIN,
            null,
            error);

    String html = RunReport.html(new RunRecord(head, List.of(step)), false, EVIL);

    assertThat(html).doesNotContainIgnoringCase("<script");
    assertThat(parse(html).getElementsByTagName("script").getLength()).isZero();
    assertThat(html).contains("&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;");
  }

  @Test
  void controlCharactersAndHalvesOfCharactersDoNotBreakIt() throws Exception {
    StepRecord step =
        StepRecord.pending("a\u0000b\u001b[1m", "", null)
            .started(SampleRun.BEGIN)
            .ended(StepState.FAILED, SampleRun.at(1), new ErrorRecord("X", "\ud83d and 名前", ""));

    assertThat(
            parse(RunReport.html(new RunRecord(head(RunState.FAILED), List.of(step)), false, "f")))
        .isNotNull();
  }

  @Test
  void needsNothingButItself() throws Exception {
    String html = RunReport.html(SampleRun.shop(), false, "shop.toml");

    assertThat(Pattern.compile("(src|href)=\"(?!#)").matcher(html).find()).isFalse();
    assertThat(html).doesNotContain("url(", "@import", "http:", "https:", "<link", "<script");
    Document page = parse(html);
    NodeList links = page.getElementsByTagName("a");
    for (int i = 0; i < links.getLength(); i++) {
      String target = ((Element) links.item(i)).getAttribute("href").substring(1);
      assertThat(html).contains("id=\"" + target + "\"");
    }
  }

  @Test
  void tellsWhatHappened() {
    String html = RunReport.html(SampleRun.shop(), false, "shop.toml");

    assertThat(html)
        .contains(
            "20260531-101530-7c1e",
            "begun by schedule",
            "checks failed",
            "Overflow in addition",
            "<b>fix</b> cast the column",
            "1,892 of 1,204,338, 0.2 %",
            "leat sql shop.toml &#39;SELECT * FROM _leat_failed.",
            "attempt 2 failed: the command ended with 7",
            "waited before attempt 3 2.0 s",
            "3 attempts",
            "<span class=\"unit\">2026-05-28</span>",
            "<code>total_eur</code>",
            "gold.fact_order.total",
            "silver.exchange_rate.rate");
  }

  @ParameterizedTest
  @EnumSource(StepState.class)
  void everyStateHasItsWordsAndItsSign(StepState state) throws Exception {
    StepRecord step =
        StepRecord.pending("one", "", new TableId("gold", "one"))
            .started(SampleRun.BEGIN)
            .ended(state, SampleRun.at(10), null);

    String html = RunReport.html(new RunRecord(head(RunState.RUNNING), List.of(step)), false, "f");

    assertThat(parse(html)).isNotNull();
    assertThat(html).contains("</b> <span>" + state.words() + "</span>");
  }

  @Test
  void aRunWhoseProcessIsGoneIsInterruptedAndSoAreItsSteps() {
    StepRecord step = StepRecord.pending("one", "", null).started(SampleRun.at(20));
    RunRecord run = new RunRecord(head(RunState.RUNNING), List.of(step));

    assertThat(RunReport.html(run, true, "f")).contains("interrupted").doesNotContain(">running<");
    assertThat(RunReport.html(run, false, "f")).contains("running").doesNotContain(">interrupted<");
  }

  @Test
  void aRunWithoutStepsSaysWhyThereAreNone() throws Exception {
    RunHead failed =
        head(RunState.RUNNING)
            .ended(RunState.FAILED, SampleRun.at(3), new ErrorRecord("NO", "no way", "go there"));

    String html = RunReport.html(new RunRecord(failed, List.of()), false, "f");

    assertThat(parse(html)).isNotNull();
    assertThat(html).contains("no way", "go there", "No step was begun");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 200})
  void drawsABoxAndALaneForEveryStep(int steps) throws Exception {
    Document page = parse(RunReport.html(SampleRun.wide(steps, 14), true, "f"));

    Map<String, Long> drawn = classes(page);

    assertThat(drawn).containsEntry("lane", (long) steps);
    assertThat(drawn.get("name")).isEqualTo(steps);
  }

  @Test
  void theAxisHasFewRoundTimes() {
    for (long millis :
        new long[] {1, 37, 999, 4_321, 61_000, 3_599_000, 90_000_000, 9_000_000_000L}) {
      TimeAxis axis = TimeAxis.of(SampleRun.BEGIN, SampleRun.at(millis), 100, 800);

      assertThat(axis.ticks()).hasSizeBetween(2, 9).startsWith(0L);
      assertThat(axis.x(axis.ticks().getLast())).isLessThanOrEqualTo(900.001);
    }
  }

  private static Map<String, Long> classes(Document page) {
    NodeList texts = page.getElementsByTagName("text");
    return java.util.stream.IntStream.range(0, texts.getLength())
        .mapToObj(i -> ((Element) texts.item(i)).getAttribute("class"))
        .collect(
            java.util.stream.Collectors.groupingBy(
                name -> name, java.util.stream.Collectors.counting()));
  }

  private static RunHead head(RunState state) {
    return new RunHead(
        "20260531-101530-7c1e", "shop", "", "command", state, SampleRun.BEGIN, null, null);
  }

  /** The page is XML, too, but for its first lines. */
  private static Document parse(String html) throws Exception {
    String body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(body)));
  }
}
