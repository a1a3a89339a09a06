// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.github.fallbackai.structured.StructuredOutput;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Types that Jackson reads in ways of their own.
 */
class StructuredFormsTests {

	private final StructuredCall call = new StructuredCall();

	@AfterEach
	void stop() {
		this.call.close();
	}

	@Test
	void bytesAreNumbers() {
		assertThat(this.call.value(Bytes.class, """
				{"one":3,"other":-4,"more":[5]}""")).isEqualTo(new Bytes((byte) 3, (byte) -4, List.of((byte) 5)));
		assertThat(this.call.schema().at("/properties/one/type").asText()).isEqualTo("integer");
		this.call.rejects(Bytes.class, """
				{"one":"3","other":4,"more":[]}""");
	}

	@Test
	void whatAnswersCanDoWithoutNeedNotBeReadable() {
		assertThat(this.call.value(Crate.class, """
				{"name":"a","all":[{}],"each":[{}]}""")).satisfies((crate) -> {
			assertThat(crate.all).containsExactly(new Book("Ada"));
			assertThat(crate.each).containsExactly(new Book("Ada"));
			assertThat(crate.first).isEmpty();
			assertThat(crate.parent).isNull();
		});
	}

	@Test
	void aMemberMaySayItselfOfWhichTypesItsItemsAre() {
		assertThatNoException().isThrownBy(() -> StructuredOutput.of(Shelf.class));
	}

	@Test
	void aTypeCanBeOneText() {
		assertThat(this.call.value(Bill.class, """
				{"total":"3 EUR","parts":["1 EUR"],"mail":"a@example.org"}""")).satisfies((bill) -> {
			assertThat(bill.total().text()).isEqualTo("3 EUR");
			assertThat(bill.parts()).extracting(Money::text).containsExactly("1 EUR");
			assertThat(bill.mail().text).isEqualTo("a@example.org");
		});
		assertThat(this.call.schema().toString()).contains("\"total\":{\"type\":\"string\"}");
		this.call.rejects(Bill.class, """
				{"total":{"text":"3 EUR"},"parts":[],"mail":"a@example.org"}""");
		this.call.rejects(Bill.class, """
				{"total":"3 EUR","parts":[3],"mail":"a@example.org"}""");
		this.call.rejects(Bill.class, """
				{"total":"3 EUR","parts":[],"mail":{}}""");
	}

	@Test
	void whatIsNeverSetIsNotMissing() {
		assertThat(this.call.value(Stored.class, "{\"name\":\"a\"}").name).isEqualTo("a");
		assertThat(this.call.value(Stored.class, "{\"id\":\"1\",\"name\":\"a\"}").id).isNull();
		assertThat(this.call.value(Garage.class, """
				{"vehicle":{"kind":"car","doors":3}}""")).isEqualTo(new Garage(new Car(null, 3)));
		this.call.rejects(Garage.class, "{\"vehicle\":{\"kind\":\"car\"}}");
		this.call.rejects(Garage.class, "{}");
	}

	@Test
	void exponentsMakeNoLongNumbers() {
		this.call.rejects(Whole.class, "{\"numbers\":[" + "1e99999,".repeat(2000) + "1]}");
		this.call.rejects(Whole.class, "{\"numbers\":[1.0e2147483647]}");
		assertThat(this.call.value(Whole.class, "{\"numbers\":[1e30,3.0]}").numbers())
			.containsExactly(BigInteger.TEN.pow(30), BigInteger.valueOf(3));
	}

	@Test
	void aRecordMaySayThatThereIsNoNumber() {
		assertThat(this.call.value(Share.class, "{\"part\":0}").part()).isNaN();
	}

	/** An answer has no infinite number, but a record may set one. */
	@Test
	void aRecordMaySayThatThereIsNoEnd() {
		assertThat(this.call.value(Range.class, "{\"from\":1}").to()).isInfinite();
		assertThat(this.call.value(Range.class, "{\"from\":1e39}").to()).isInfinite();
		this.call.rejects(Steep.class, "{\"slope\":1e39}");
		this.call.rejects(Range.class, "{\"from\":1,\"to\":1e999}");
	}

	@Test
	void constantsThatAreWrittenAsNumbersAreReadByTheirNames() {
		assertThat(this.call.value(Rated.class, "{\"rating\":\"HIGH\"}").rating()).isEqualTo(Rating.HIGH);
		assertThat(this.call.schema().at("/properties/rating/enum").toString()).isEqualTo("[\"LOW\",\"HIGH\"]");
	}

	@Test
	void aTypeThatIsOnlyWrittenAsOneTextIsReadByItsMembers() {
		assertThat(this.call.value(Trip.class, "{\"days\":{\"from\":1,\"to\":3}}").days().to).isEqualTo(3);
	}

	@Test
	void aTypeThatTakesAnyMemberIsReadByThemHoweverItIsWritten() {
		assertThat(this.call.value(Luggage.class, "{\"bag\":{\"x\":1}}").bag().things)
			.containsExactly(Map.entry("x", 1));
	}

	@Test
	void aTypeCanBeAMapOfItsOwn() {
		assertThat(this.call.value(Labelled.class, "{\"labels\":{\"a\":\"b\"}}").labels().values)
			.containsExactly(Map.entry("a", "b"));
	}

	/** Another endpoint may leave it out. */
	@Test
	void aMemberThatCannotBeReadIsRefusedIfAnswersCanDoWithoutIt() {
		this.call.rejects(Nested.class, "{\"name\":\"a\",\"parent\":{}}");
		assertThat(this.call.value(Nested.class, "{\"name\":\"a\"}").parent()).isNull();
	}

	/** May have no end. */
	record Range(double from, @Nullable Double to) {

		Range {
			to = (to != null) ? to : Double.POSITIVE_INFINITY;
		}

	}

	record Steep(float slope) {

	}

	/** Takes any member, and is written as a text. */
	static class Bag {

		final Map<String, Object> things = new HashMap<>();

		@JsonAnySetter
		void set(String name, Object thing) {
			this.things.put(name, thing);
		}

		@JsonValue
		String asText() {
			return this.things.toString();
		}

	}

	record Luggage(Bag bag) {

	}

	/** Is written as a number. */
	@JsonFormat(shape = JsonFormat.Shape.NUMBER)
	enum Rating {

		LOW, HIGH

	}

	record Rated(Rating rating) {

	}

	/** Is written as a text. */
	static class Days {

		public int from;

		public int to;

		@JsonValue
		String asText() {
			return this.from + "-" + this.to;
		}

	}

	/** Is a map in JSON. */
	static class Labels {

		private final Map<String, String> values = new HashMap<>();

		@JsonAnySetter
		void set(String name, String value) {
			this.values.put(name, value);
		}

		@JsonValue
		Map<String, String> all() {
			return this.values;
		}

	}

	record Labelled(Labels labels) {

	}

	record Trip(Days days) {

	}

	record Nested(String name, @Nullable Item parent) {

	}

	/** Has whole numbers of the shortest kind. */
	record Bytes(byte one, Byte other, List<Byte> more) {

	}

	/** A part of something, which may be of nothing. */
	record Share(double part) {

		Share {
			part = (part == 0) ? Double.NaN : part;
		}

	}

	interface Item {

	}

	record Book(String title) implements Item {

	}

	/** Has members that are abstract. */
	static class Crate {

		public String name;

		@JsonDeserialize(using = ItemsReader.class)
		public List<Item> all;

		@JsonDeserialize(contentUsing = ItemReader.class)
		public List<Item> each;

		@JsonDeserialize(contentUsing = ItemReader.class)
		public Optional<Item> first = Optional.empty();

		public @Nullable Item parent;

		public List<Item> getMadeUp() {
			return List.of();
		}

	}

	static class ItemsReader extends StdDeserializer<List<Item>> {

		ItemsReader() {
			super(List.class);
		}

		@Override
		public List<Item> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
			parser.skipChildren();
			return List.of(new Book("Ada"));
		}

	}

	static class ItemReader extends StdDeserializer<Item> {

		ItemReader() {
			super(Item.class);
		}

		@Override
		public Item deserialize(JsonParser parser, DeserializationContext context) throws IOException {
			parser.skipChildren();
			return new Book("Ada");
		}

	}

	/** Says at the member of which types its items are. */
	record Shelf(@JsonTypeInfo(use = JsonTypeInfo.Id.NAME,
			property = "kind") @JsonSubTypes(@JsonSubTypes.Type(value = Book.class, name = "book")) List<Item> items) {

	}

	/** Has types that are texts in JSON. */
	record Bill(Money total, List<Money> parts, Mail mail) {

	}

	record Money(@JsonValue String text) {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		Money {
		}

	}

	/** Does not say how it is written. */
	static class Mail {

		private final String text;

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		Mail(String text) {
			this.text = text;
		}

	}

	static class Stored {

		@JsonProperty(access = JsonProperty.Access.READ_ONLY)
		public String id;

		public String name;

	}

	/** Its vehicle has the word that chooses among vehicles. */
	record Garage(@JsonTypeInfo(use = JsonTypeInfo.Id.NAME,
			property = "kind") @JsonSubTypes(@JsonSubTypes.Type(value = Car.class, name = "car")) Vehicle vehicle) {

	}

	interface Vehicle {

	}

	record Car(String kind, int doors) implements Vehicle {

	}

	/** Has whole numbers of any length. */
	record Whole(List<BigInteger> numbers) {

	}

}
