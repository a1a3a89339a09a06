// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.util.Set;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * Makes a slice of each class, with the classes nested in it.
 *
 * @param packages the packages whose classes these are
 * @param exceptions simple names of classes that are in no slice
 */
record ClassSlices(Set<String> packages, Set<String> exceptions) implements SliceAssignment {

	@Override
	public SliceIdentifier getIdentifierOf(JavaClass type) {
		JavaClass outermost = type;
		while (outermost.getEnclosingClass().isPresent()) {
			outermost = outermost.getEnclosingClass().get();
		}
		boolean named = this.packages.contains(outermost.getPackageName())
				&& !this.exceptions.contains(outermost.getSimpleName());
		return named ? SliceIdentifier.of(outermost.getName()) : SliceIdentifier.ignore();
	}

	@Override
	public String getDescription() {
		return "classes of " + this.packages;
	}

}
