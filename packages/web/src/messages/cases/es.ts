import type { Translation } from "../frame/en.ts";
import type { cases as en } from "./en.ts";

export const cases: Translation<typeof en> = {
  "cases.title": "Casos",
  "cases.empty.title": "En este navegador no se guarda ningún caso.",
  "cases.empty.next":
    "Empiece uno, lea un proyecto que será su texto, o abra un ejemplo de abajo. Todo queda en este dispositivo.",
  "cases.new": "Caso nuevo",
  "cases.example": "Ejemplos",
  "cases.facts": "HECHOS COMUNICADOS",
  "cases.delete": "Quitar de este navegador",
  "cases.delete.ask": "¿Quitar «{title}» de este navegador?",
  "cases.delete.loses":
    "Su registro y sus claves no se guardan en otro lugar, salvo que los haya exportado. No se puede deshacer.",
  "new.title": "Caso nuevo",
  "new.denied": "Esta cuenta no abre casos.",
  "new.denied.next":
    "Pida a quien mantiene el servidor un enlace que lo permita. En este navegador, sin el servidor, puede abrir cuantos quiera.",
  "new.around": "Su texto será el proyecto que acaba de leerse: {title}.",
  "new.name": "De qué trata el caso",
  "new.exercise": "Un ejercicio entre partes ficticias",
  "new.exercise.held":
    "Cada página y archivo dice EJERCICIO. Usted tiene las claves de todos los asientos y puede actuar por cada uno.",
  "new.real.held":
    "Usted actúa solo por la primera parte. Sirve para preparar a solas: los demás asientos quedan vacíos.",
  "new.parties": "Partes",
  "new.parties.first": "La primera abre el caso.",
  "new.party.name": "Nombre de la parte {number}",
  "new.party.kind": "Asiento de la parte {number}",
  "new.party.add": "Añadir una parte",
  "new.you": "Su nombre",
  "new.office": "Su cargo",
  "new.open": "Abrir el caso",
  "new.lacks.title": "Diga de qué trata el caso.",
  "new.lacks.names": "Dé a cada parte un nombre propio.",
  "new.lacks.you": "Dé su nombre: el registro dice quién abrió el caso.",
  "draft.title": "Leer un proyecto",
  "draft.what":
    "Un proyecto en Word, Markdown o texto simple, tal como es: se leen corchetes, opciones y notas; lo que no encaja se repara, y se muestra cada reparación.",
  "draft.choose": "Elegir un archivo",
  "draft.drop": "o suéltelo aquí",
  "draft.paste": "O pegue el texto",
  "draft.read": "Leer",
  "draft.flag": "Por confirmar: {number} de {total}",
  "draft.flag.bracket-added": "Este corchete no estaba cerrado. Se cerró al final de su párrafo.",
  "draft.flag.bracket-removed": "Este corchete de cierre no tiene apertura. Se omitió.",
  "draft.flag.mark-closed": "Esta marca no estaba cerrada. Se cerró al final de su párrafo.",
  "draft.flag.note-missing": "La nota {note} no está en ninguna parte. Se hizo una vacía.",
  "draft.flag.level-limited": "El nivel «{level}» se llevó a entre {least} y {most}.",
  "draft.flag.escapes-read":
    "Todos los corchetes llevan aquí una barra inversa, como los escriben los conversores. Se leyeron como corchetes.",
  "draft.flag.part-left-out":
    "Un documento de otro formato, un gráfico o un esquema insertado aquí no se lee. Se omitió.",
  "draft.flag.optional-apart":
    "Leído como texto opcional, aparte de su vecino. ¿Es así, o son dos alternativas de un mismo corchete?",
  "draft.flag.optional-status":
    "Leído como texto opcional, aunque puede indicar el estado del texto. ¿Es así?",
  "draft.flag.alternatives-loose":
    "Leídos como alternativas de un mismo corchete, aunque solo los separa un espacio o una barra. ¿Es así?",
  "draft.flags.done": "No queda nada por confirmar.",
  "draft.flag.place": "Línea {line}, columna {column}",
  "draft.flag.asRead": "Como se leyó",
  "draft.flag.correct": "Corregir la fuente",
  "draft.source": "Fuente del proyecto",
  "draft.readAgain": "Leer de nuevo",
  "draft.other": "Otro proyecto",
  "draft.toCase": "Abrir un caso con este texto",
  "draft.bring": "Hacerlo el texto de este caso",
  "draft.language": "Lengua del texto, con un código como fr",
  "draft.consulted": "Las partes afectadas reciben también el texto",
  "draft.consulted.what":
    "Solo así se las puede consultar y pueden aceptar lo que les concierne. Mientras el texto esté abierto, no se les puede dar más tarde.",
  "draft.concerns": "Partes afectadas a las que esta cláusula obliga solo si la aceptan",
  "draft.concerns.what": "Sus nombres, separados por punto y coma.",
  "cases.none.title": "No se entrega ningún caso a esta sesión.",
  "cases.none.next": "Abra un enlace de invitación, o pregunte a quien lleva el servidor.",
  "new.server.held":
    "Este servidor guarda el registro. Usted actúa por la primera parte; las demás ocupan sus puestos con las invitaciones que haga en la vista general.",
};
