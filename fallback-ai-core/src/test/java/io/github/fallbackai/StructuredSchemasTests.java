// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.nio.charset.StandardCharsets;
import java.time.Year;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer that follows the schema can be read.
 */
class StructuredSchemasTests {

	private final StructuredCall call = new StructuredCall();

	@AfterEach
	void stop() {
		this.call.close();
	}

	@Test
	void enumerationsHaveTheWordsThatAreRead() {
		assertThat(this.call.value(Task.class, """
				{"priority":"urgent","state":"open","days":["MONDAY"]}"""))
			.isEqualTo(new Task(Priority.HIGH, State.OPEN, List.of(Weekday.MONDAY)));
		assertThat(enumeration("/properties/priority")).isEqualTo("[\"can wait\",\"urgent\"]");
		assertThat(enumeration("/properties/state")).isEqualTo("[\"open\",\"CLOSED\"]");
		assertThat(this.call.schema().toString()).contains("[\"MONDAY\",\"TUESDAY\"]");
		this.call.rejects(Task.class, """
				{"priority":"HIGH","state":"open","days":[]}""");
	}

	@Test
	void membersHaveTheNamesThatAreRead() {
		assertThat(this.call.value(Person.class, """
				{"first_name":"Ada","born_in":{"home-town":"London"}}"""))
			.isEqualTo(new Person("Ada", new Place("London")));
		assertThat(this.call.schema().at("/properties").fieldNames()).toIterable()
			.containsExactly("first_name", "born_in");
		assertThat(this.call.schema().toString()).contains("home-town").doesNotContain("firstName", "\"town\"");
		this.call.rejects(Person.class, """
				{"firstName":"Ada","bornIn":{"town":"London"}}""");
	}

	@Test
	void inheritedMembersHaveTheNamesThatAreRead() {
		assertThat(this.call.value(Worker.class, """
				{"first_name":"Ada","job_title":"engineer"}""").firstName).isEqualTo("Ada");
	}

	@Test
	void valuesThatAreOneWordOrNumberAreNoObjects() {
		Things things = this.call.value(Things.class, """
				{"year":2026,"locale":"de-AT","bytes":"aGk=","id":"7d444840-9dc0-11d1-b245-5ffdce74fad2",
				"any":{"x":[1]},"days":3,"years":[1999]}""");
		assertThat(things.year()).isEqualTo(Year.of(2026));
		assertThat(things.locale()).isEqualTo(Locale.forLanguageTag("de-AT"));
		assertThat(new String(things.bytes(), StandardCharsets.US_ASCII)).isEqualTo("hi");
		assertThat(things.days()).hasValue(3);
		assertThat(things.millis()).isEmpty();
		assertThat(things.share()).isEmpty();
		assertThat(things.years()).containsExactly(Year.of(1999));
		JsonNode schema = this.call.schema();
		assertThat(List.of("year", "locale", "bytes", "id", "days", "millis", "share"))
			.extracting((member) -> schema.at("/properties/" + member + "/type").asText())
			.containsExactly("integer", "string", "string", "string", "integer", "integer", "number");
		assertThat(schema.at("/properties/years/items/type").asText()).isEqualTo("integer");
		assertThat(schema.at("/properties/any").has("type")).isFalse();
		assertThat(schema.at("/required")).hasToString("[\"year\",\"locale\",\"bytes\",\"id\",\"any\",\"years\"]");
	}

	private String enumeration(String member) {
		return this.call.schema().at(member + "/enum").toString();
	}

	/** Has all kinds of enumerations. */
	record Task(Priority priority, State state, List<Weekday> days) {

	}

	enum Priority {

		LOW("can wait"), HIGH("urgent");

		private final String word;

		Priority(String word) {
			this.word = word;
		}

		@JsonValue
		String word() {
			return this.word;
		}

	}

	enum State {

		@JsonProperty("open")
		OPEN, CLOSED

	}

	enum Weekday {

		MONDAY, TUESDAY

	}

	/** Its members have other names in JSON. */
	@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
	record Person(String firstName, Place bornIn) {

	}

	record Place(@JsonProperty("home-town") String town) {

	}

	static class Named {

		public String firstName;

	}

	@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
	static class Worker extends Named {

		public String jobTitle;

	}

	/** Values of the JDK. */
	record Things(Year year, Locale locale, byte[] bytes, UUID id, JsonNode any, OptionalInt days, OptionalLong millis,
			OptionalDouble share, List<Year> years) {

	}

}
