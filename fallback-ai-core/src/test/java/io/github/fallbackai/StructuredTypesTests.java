// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which types an answer can have. No module of Jackson is on the class path but those
 * that the library brings.
 */
class StructuredTypesTests {

	private final StructuredCall call = new StructuredCall();

	@AfterEach
	void stop() {
		this.call.close();
	}

	@Test
	void datesAndOptionalMembersAreRead() {
		assertThat(this.call.value(Day.class, """
				{"city":"Oslo","day":"2026-03-01","note":"cold"}"""))
			.isEqualTo(new Day("Oslo", LocalDate.of(2026, 3, 1), Optional.of("cold")));
		assertThat(this.call.value(Day.class, """
				{"city":"Oslo","day":"2026-03-01"}""").note()).isEmpty();
	}

	@Test
	void aTypeThatJacksonCannotConstructFailsBeforeAnEndpointIsAsked() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.call.value(Parcel.class, """
				{"contents":[{"name":"Book"}]}"""))
			.withMessageContaining(Parcel.class.getName())
			.withMessageContaining(Item.class.getName());
		assertThatIllegalArgumentException().isThrownBy(() -> this.call.value(Closed.class, """
				{"name":"Book"}""")).withMessageContaining(Closed.class.getName());
		assertThat(this.call.requests()).isZero();
	}

	@Test
	void aTypeThatProvesUnreadableLaterFailsWithoutTheNextEndpoint() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.call.value(Odd.class, """
				{"name":"Book"}""")).withMessageContaining(Odd.class.getName()).withMessageContaining("no module");
		assertThat(this.call.requests()).isOne();
	}

	/** Has members that plain Jackson cannot read. */
	record Day(String city, LocalDate day, Optional<String> note) {

	}

	/** Has something abstract in it. */
	record Parcel(List<Item> contents) {

	}

	interface Item {

		String name();

	}

	/** Cannot be made of members. */
	static class Closed {

		private final String name;

		Closed(String name, int unused) {
			this.name = name + unused;
		}

		public String getName() {
			return this.name;
		}

	}

	/** Has a reader that does not work. */
	@JsonDeserialize(using = OddReader.class)
	record Odd(String name) {

	}

	static class OddReader extends StdDeserializer<Odd> {

		OddReader() {
			super(Odd.class);
		}

		@Override
		public Odd deserialize(JsonParser parser, DeserializationContext context) throws IOException {
			return context.reportBadDefinition(Odd.class, "no module");
		}

	}

}
