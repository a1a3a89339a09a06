// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A value is what the model wrote, or none.
 */
class StructuredValuesTests {

	private static final String ORDER = """
			{"item":"Book","count":3,"paid":true,"weight":1.5,"total":42.50,"tags":["a"],"prices":{"EUR":1.10},"more":1}""";

	private final StructuredCall call = new StructuredCall();

	@AfterEach
	void stop() {
		this.call.close();
	}

	@Test
	void decimalsKeepTheirDigits() {
		assertThat(this.call.value(Order.class, ORDER)).isEqualTo(new Order("Book", 3, true, 1.5,
				new BigDecimal("42.50"), List.of("a"), Map.of("EUR", new BigDecimal("1.10")), null, Optional.empty()));
		assertThat(this.call.value(Order.class, ORDER.replace("42.50", "12345678901234567.89")).total())
			.isEqualTo("12345678901234567.89");
		assertThat(this.call.value(Order.class, ORDER.replace("42.50", "42")).total()).isEqualTo("42");
	}

	@Test
	void wholeNumbersMayHaveAPoint() {
		assertThat(this.call.value(Order.class, ORDER.replace(":3,", ":3.0,").replace(":1.5,", ":2,"))).satisfies(
				(order) -> assertThat(order.count()).isEqualTo(3), (order) -> assertThat(order.weight()).isEqualTo(2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"count\":3.99", "\"count\":\"\"", "\"count\":\"3\"", "\"count\":true", "\"count\":1e30",
			"\"count\":null", "\"paid\":\"true\"", "\"paid\":1", "\"paid\":\"\"", "\"weight\":\"1.5\"",
			"\"weight\":1e999", "\"weight\":\"NaN\"", "\"total\":\"42.50\"", "\"total\":\"\"", "\"item\":42",
			"\"item\":true", "\"item\":[\"Book\"]", "\"tags\":[\"a\",null]", "\"tags\":[3]", "\"tags\":\"a\"",
			"\"prices\":{\"EUR\":null}", "\"prices\":{\"EUR\":\"1\"}", "\"half\":1e999", "\"note\":5" })
	void nothingElseIsTakenForThem(String member) {
		this.call.rejects(Order.class, ORDER.replaceFirst("\\{", "{" + member + ",")
			.replaceFirst("(?<=,)" + member.substring(0, member.indexOf(':')) + ":(\\[.*?]|\\{.*?}|[^,}]*),", ""));
	}

	@Test
	void timesKeepTheirOffset() {
		assertThat(this.call.value(Meeting.class, """
				{"start":"2026-03-01T09:00:00+02:00"}""").start()).hasToString("2026-03-01T09:00+02:00");
		this.call.rejects(Meeting.class, "{\"start\":\"\"}");
		this.call.rejects(Meeting.class, "{\"start\":1772352000}");
	}

	@Test
	void oneOfSeveralTypesHasItsOwnMembers() {
		assertThat(this.call.value(Owner.class, """
				{"pet":{"kind":"cat","name":"Tom","lives":3}}""")).isEqualTo(new Owner(new Cat("Tom", 3)));
		this.call.rejects(Owner.class, """
				{"pet":{"kind":"dog","name":"Tom","lives":3}}""");
		this.call.rejects(Owner.class, """
				{"pet":{"name":"Tom","lives":3}}""");
		this.call.rejects(Pet.class, """
				{"kind":"dog","name":"Tom","lives":3}""");
	}

	@Test
	void aMemberThatTheReaderLeavesOutIsMissing() {
		this.call.rejects(Forgetful.class, "{\"name\":\"Tom\",\"parts\":[{\"name\":\"a\"}]}");
	}

	/** Has a member of each kind. */
	record Order(String item, Integer count, Boolean paid, double weight, BigDecimal total, List<String> tags,
			Map<String, BigDecimal> prices, @Nullable String note, Optional<Double> half) {

	}

	/** At a time. */
	record Meeting(OffsetDateTime start) {

	}

	/** Has one of several types. */
	record Owner(Pet pet) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes({ @JsonSubTypes.Type(Cat.class), @JsonSubTypes.Type(Dog.class) })
	sealed interface Pet {

	}

	@JsonTypeName("cat")
	record Cat(String name, int lives) implements Pet {

	}

	@JsonTypeName("dog")
	record Dog(String name, String breed) implements Pet {

	}

	/** Its parts lose what they are given. */
	record Forgetful(String name, List<Part> parts) {

	}

	record Part(String name) {

		Part {
			name = null;
		}

	}

}
