/** What something that was drawn by hand can be; one that is not said is a face. */
export const CLASSES = { face: 'Face', person: 'Person', plate: 'Number plate', text: 'Text', other: 'Something else' };

export const USUAL = 'face';
